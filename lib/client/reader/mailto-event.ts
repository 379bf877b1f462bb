/** A link to an address was pressed in a mail: `detail` is the address. Who takes it prevents the default. */
export const mailtoEvent = 'posthorn:mailto';
