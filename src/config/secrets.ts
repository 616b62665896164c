/** `${TELEGRAM_TOKEN}` in a file stands for an environment variable; secrets are written in no other way. */
import type { Path } from './errors.ts';
import type { Finding } from './issues.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Resolved {
  readonly value: unknown;
  /** What the references stood for, each once. */
  readonly secrets: readonly string[];
  readonly found: readonly Finding[];
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
/** The last word of a field that holds a secret: `botToken`, `app_secret`, `encodingAESKey`. */
const SECRET_FIELD = /(?:token|secret|password|passwd|aeskey|apikey|api_key|privatekey|private_key)$/i;
const ADDRESS_WITH_PASSWORD = /^[a-z][a-z0-9+]*:\/\/(?:[^/@\s]*:[^/@\s]+@|\S*[?&]password=)/i;

export function resolveReferences(value: unknown, env: Environment): Resolved {
  const secrets = new Set<string>();
  const found: Finding[] = [];
  const resolved = walk(value, [], (text, path) => {
    if (isBareSecret(text, path)) {
      found.push({ path, message: `密钥不要写在文件里：放进环境变量，这里写 \${变量名}` });
    }
    return text.replace(REFERENCE, (_, name: string) => {
      const stands = env[name];
      if (stands === undefined || stands === '') found.push({ path, message: `没有环境变量 ${name}` });
      else secrets.add(stands);
      return stands ?? '';
    });
  });
  return { value: resolved, secrets: [...secrets], found };
}

function isBareSecret(text: string, path: Path): boolean {
  if (text.includes('${')) return false;
  const field = path.at(-1);
  return (
    ADDRESS_WITH_PASSWORD.test(text) || (typeof field === 'string' && text !== '' && SECRET_FIELD.test(field))
  );
}

function walk(value: unknown, path: Path, each: (text: string, path: Path) => string): unknown {
  if (typeof value === 'string') return each(value, path);
  if (Array.isArray(value)) return value.map((item, i) => walk(item, [...path, i], each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key], each)]),
  );
}
