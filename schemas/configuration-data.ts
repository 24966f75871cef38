/**
 * The classes of Canton's configuration as `npm run model` reads them from its sources, in the files of
 * `data/configuration`.
 */
export interface ConfigurationData {
  /** The class of the object at `canton`. */
  readonly root: string;
  /** Keyed by source file, relative to `com/digitalasset/canton`, then by class. */
  readonly files: Readonly<Record<string, Readonly<Record<string, ClassData>>>>;
}

/** A case class has keys, a sealed family options or words. */
export interface ClassData {
  /** The Scala type of each key, and after ` = ` the default as in the source, `()` for the default of the class itself. */
  readonly keys?: Readonly<Record<string, string>>;
  /** The class for each word in `type`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The class that any other word chooses. */
  readonly otherwise?: string;
  /** A family that is read from one word. */
  readonly words?: readonly string[];
  /** Old paths with the new ones. */
  readonly moved?: Readonly<Record<string, readonly string[]>>;
  /** Old paths that are accepted but ignored, with the release that removed them. */
  readonly dropped?: Readonly<Record<string, string>>;
  /** True if its reader ignores unknown keys. */
  readonly ignoresUnknown?: true;
  /** True if the rules of its reader are unknown. */
  readonly open?: true;
}
