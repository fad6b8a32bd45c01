/** Fetches a file of the sandbox, once. */
const files = new Map<string, Promise<string>>();
export function codeFile(name: string): Promise<string> {
  let file = files.get(name);
  if (!file) {
    file = fetch(`/code/${name}`).then((response) => {
      if (!response.ok) throw new Error(`The page could not fetch /code/${name} (${response.status}).`);
      return response.text();
    });
    files.set(name, file);
    file.catch(() => files.delete(name));
  }
  return file;
}
