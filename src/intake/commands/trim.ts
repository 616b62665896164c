/** The marks around the words of a command. */
const EDGE = /^[\s,:;。!?、~\-—]+|[\s,:;、]+$/gu;
export const trimMarks = (text: string): string => text.replace(EDGE, '');
export const orNull = (text: string): string | null => {
  const trimmed = trimMarks(
    trimMarks(text).replace(/^(?:(?:理由|原因|说明)(?:[:是]| )|因为|由于)(?=.)/u, ''),
  );
  return trimmed === '' ? null : trimmed;
};
