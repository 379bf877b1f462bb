/** Who a person writes as, in one account. */
export interface IdentityTable {
  id: string;
  account_id: string;
  /** Among those of the account, from 0. */
  position: number;
  name: string;
  email: string;
  reply_to: string | null;
  bccs_self: number;
  text_signature: string;
  html_signature: string | null;
  /** One an account. */
  is_default: number;
}

/** A text that a person writes again and again. `account_id` here and below: the person, as for settings. */
export interface TemplateTable {
  id: string;
  account_id: string;
  name: string;
  subject: string;
  text: string;
  html: string | null;
  updated_at_ms: number;
}

export interface ContactTable {
  id: string;
  account_id: string;
  name: string;
  organization: string;
  /** JSON of a ContactCard. */
  card: string;
  /** What the list is ordered by, folded. */
  sort_key: string;
  updated_at_ms: number;
  /** Can be taken back until the sweep comes. */
  deleted_at_ms: number | null;
}

/** An address of a contact that is not deleted: what completion looks through. */
export interface ContactAddressTable {
  account_id: string;
  contact_id: string;
  /** 0: the one that is written to. */
  position: number;
  name: string;
  email: string;
  /** In lower case. */
  email_key: string;
  /** Of the contact's names and this address: folded, each with a space before it. */
  words: string;
}

/** A word by which a contact that is not deleted is found, and the address that it leads to; -1 where it leads to none. */
export interface ContactWordTable {
  account_id: string;
  word: string;
  contact_id: string;
  position: number;
}

/** That an address was written to, whether it is a contact's or not. */
export interface AddressUseTable {
  account_id: string;
  email_key: string;
  email: string;
  name: string;
  words: string;
  uses: number;
  last_used_at_ms: number;
}

export interface ContactGroupTable {
  id: string;
  account_id: string;
  name: string;
}

export interface ContactGroupMemberTable {
  group_id: string;
  contact_id: string;
}

export interface PeopleTables {
  identity: IdentityTable;
  template: TemplateTable;
  contact: ContactTable;
  contact_address: ContactAddressTable;
  contact_word: ContactWordTable;
  address_use: AddressUseTable;
  contact_group: ContactGroupTable;
  contact_group_member: ContactGroupMemberTable;
}
