/**
 * Where a contact will stand. The words never see a phone number: the outbox puts it in while
 * sending, after the reading is on record, so that neither rows nor logs hold it.
 */
export function contactSlot(vault: string): string {
  return `⟦${vault}⟧`;
}

/** The text with the contact in its place. */
export function fillContact(text: string, vault: string, contact: string): string {
  return text.replaceAll(contactSlot(vault), contact);
}
