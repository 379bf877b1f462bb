/** What a device wants of notices. */
export type NoticeWish = 'off' | 'quiet' | 'sound';
