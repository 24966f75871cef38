declare module 'postject' {
  /** Puts a resource into an executable; rejects where its format or the mark is not known. */
  export function inject(
    path: string,
    name: string,
    content: Buffer,
    options: { readonly sentinelFuse: string },
  ): Promise<void>;
}
