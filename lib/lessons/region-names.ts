/** Regions that lessons send their readers to, as the top bar names them. The whole list is the engine's, which comes later. */
export const regions: Record<string, string | undefined> = { "us-east-1": "N. Virginia", "eu-west-2": "London" };
