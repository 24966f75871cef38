/**
 * The classes of Canton's configuration as `npm run model` reads them from its sources, in the files of
 * `data/configuration`.
 */
export interface ConfigurationData {
  /** The class of the object at `canton`. */
  readonly root: string;
  /** By source file, from `com/digitalasset/canton` on, then by class. */
  readonly files: Readonly<Record<string, Readonly<Record<string, ClassData>>>>;
}

/** A case class has keys, a sealed family options or words. */
export interface ClassData {
  /** By key the Scala type, and after ` = ` the default as the source has it, `()` for that of the class itself. */
  readonly keys?: Readonly<Record<string, string>>;
  /** By the word in `type` the class that it chooses. */
  readonly options?: Readonly<Record<string, string>>;
  /** The class that any other word chooses. */
  readonly otherwise?: string;
  /** A family that is read from one word. */
  readonly words?: readonly string[];
  /** Old paths with the new ones. */
  readonly moved?: Readonly<Record<string, readonly string[]>>;
  /** Old paths that are accepted and unread, with the release that did away with them. */
  readonly dropped?: Readonly<Record<string, string>>;
  /** Its reader passes over unknown keys. */
  readonly ignoresUnknown?: true;
  /** Its reader cannot be followed. */
  readonly open?: true;
}
