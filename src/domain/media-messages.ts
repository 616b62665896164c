/** What is said about the files of a case. Part of the templates; see ./messages.ts. */

export interface MediaTemplates {
  /** To who has the case, or asked: its files, attached where the platform takes them (`able`). */
  media_shown: {
    number: string;
    photos: number;
    videos: number;
    sounds: number;
    /** Nobody can be sure what else they say: not passed on. */
    withheld: number;
    lost: number;
    /** Still being fetched. */
    waiting: number;
    able: boolean;
  };
  /** To the reporter: nothing that was sent can be kept. */
  media_refused: { number: string; why: 'size' | 'kind'; megabytes: number };
  /** To the dispatchers: a file could not be fetched, however often it was tried. */
  media_lost: { number: string };
}
