/**
 * Work is done one piece after another, in the order in which it was asked for. What need not wait is done at once; a piece
 * that must wait for something outside holds up those behind it. A piece that fails is no matter to them.
 */
export function oneAfterAnother(): <T>(work: () => T | Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let busy = false;
  return function exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    if (busy) return new Promise<T>((resolve, reject) => waiting.push(() => exclusive(work).then(resolve, reject)));
    let result: T | Promise<T>;
    try {
      result = work();
    } catch (error) {
      return Promise.reject(error);
    }
    if (!(result instanceof Promise)) return Promise.resolve(result);
    busy = true;
    return result.finally(() => {
      busy = false;
      while (!busy && waiting.length) waiting.shift()!();
    });
  };
}
