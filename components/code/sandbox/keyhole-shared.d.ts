declare module "keyhole:shared" {
  /** Modules of the SDK that its clients share, by their names; put together by the build (.ci/code-tab.mjs). */
  export const shared: Record<string, unknown>;
}
