/** As AWS's console prints it: `0 min 3 sec`. */
export const timeoutWords = (seconds: number): string => `${Math.floor(seconds / 60)} min ${seconds % 60} sec`;
