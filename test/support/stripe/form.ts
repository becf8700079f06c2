// Owns reading Stripe's form bodies: `a[b][0]=c` as nested values, all of them strings.

export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

export function readForm(text: string): Form {
  const form: Form = {};
  for (const [path, value] of new URLSearchParams(text)) put(form, path.split(/\[|\]\[?/).filter((part, index) => index === 0 || part !== ''), value);
  return listed(form) as Form;
}

/** The value at a path of names, as a string; undefined where there is none. */
export function at(form: FormValue | undefined, ...path: (string | number)[]): string | undefined {
  let value: FormValue | undefined = form;
  for (const name of path) value = typeof value === 'object' ? (value as Record<string | number, FormValue>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A map of strings, such as metadata. */
export function strings(form: FormValue | undefined): Record<string, string> {
  if (typeof form !== 'object' || Array.isArray(form)) return {};
  return Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function put(into: Form, [name, ...rest]: string[], value: string): void {
  if (name === undefined) return;
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const next = into[name];
  const inner: Form = typeof next === 'object' && !Array.isArray(next) ? next : {};
  into[name] = inner;
  put(inner, rest, value);
}

function listed(value: FormValue): FormValue {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, listed(each)] as const);
  if (entries.length > 0 && entries.every(([name], index) => name === String(index))) return entries.map(([, each]) => each);
  return Object.fromEntries(entries);
}
