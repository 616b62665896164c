/** The address of a database on a server: taken apart by us, so that no password in it is shown or misread. */

export interface Address {
  /** For the driver, each part escaped. Holds the password: never shown. */
  readonly url: string;
  /** For people: without password and parameters. */
  readonly shown: string;
  /** For other programs' command lines: with parameters, without the password. */
  readonly bare: string;
  readonly hasPassword: boolean;
  /** Empty where the driver takes it from PGHOST, PGDATABASE or its defaults. */
  readonly host: string;
  readonly database: string;
}

const SCHEME = /^postgres(?:ql)?:\/\//i;

export const isAddress = (database: string): boolean => SCHEME.test(database);

/** As it is where it was escaped already; a password out of an environment variable rarely is. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the driver can read; `new URL` says of an error what it was given, so nothing of it is passed on. */
function readable(url: string): boolean {
  try {
    // Without a host the driver puts one in, for a server that is named by PGHOST.
    return new URL(url.replace('@/', '@localhost/').replace(':///', '://localhost/')).hash === '';
  } catch {
    return false;
  }
}

/**
 * `postgres://user:password@host:port/database?sslmode=…`; all but the scheme may be left out. The password goes
 * up to the last @: what `${…}` stood for may hold any character.
 * @returns null where it can't be read
 */
export function addressOf(text: string): Address | null {
  const rest = text.replace(SCHEME, '');
  const at = rest.lastIndexOf('@');
  const [login, place] = at < 0 ? ['', rest] : [rest.slice(0, at), rest.slice(at + 1)];
  const colon = login.indexOf(':');
  const user = plain(colon < 0 ? login : login.slice(0, colon));
  const password = colon < 0 ? '' : plain(login.slice(colon + 1));
  const [head = '', ...more] = place.split('?');
  const named = user === '' ? '' : encodeURIComponent(user);
  const secret = password === '' ? '' : `:${encodeURIComponent(password)}`;
  const url = `postgres://${named}${secret}${at < 0 ? '' : '@'}${place}`;
  if (!readable(url)) return null;
  const [server = '', ...path] = head.split('/');
  const parameters = new URLSearchParams(more.join('?'));
  const open = new URLSearchParams([...parameters].filter(([name]) => name !== 'password')).toString();
  return {
    url,
    shown: `postgres://${user === '' ? '' : `${user}@`}${head}`,
    bare: `postgres://${named}${named === '' ? '' : '@'}${head}${open === '' ? '' : `?${open}`}`,
    hasPassword: password !== '' || parameters.has('password'),
    host: parameters.get('host') ?? server.replace(/:\d+$/, ''),
    database: plain(path.join('/')),
  };
}
