/** The fact that a leader has confirmed what the office says at the meeting of a date. */
export const confirmedKey = (date: string, office: string): string => `meeting:${date}:confirmed:${office}`;
