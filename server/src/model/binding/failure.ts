import type { EnumModel, Field, FieldMeta, FieldModel, ObjectModel, UnionModel } from '../../../../schemas/model';
import type { ConfigEntry, ConfigObject, ConfigValue, Unknown } from '../../hocon/values/config-value';
import type { Location } from '../../text/location';

/** The reason why Canton does not read a value. `text` quotes PureConfig or Canton. */
export type Failure = UnknownKey | MissingKey | WrongValue | BadName;

interface FailureBase {
  /**
   * The full path, which begins with `canton`; for a missing key, its own path, although PureConfig reports it at the
   * parent.
   */
  readonly path: readonly string[];
  readonly text: string;
  /** The text to underline. */
  readonly location: Location;
  /** The location at which the value is written, if a substitution inserted it here. */
  readonly origin?: Location;
}

export interface UnknownKey extends FailureBase {
  readonly kind: 'unknown-key';
  readonly parent: ObjectModel;
  readonly siblings: ConfigObject;
  readonly entry: ConfigEntry;
  /** Set if the key exists in another version or edition. */
  readonly foreign: FieldMeta | undefined;
}

export interface MissingKey extends FailureBase {
  readonly kind: 'missing-key';
  readonly field: Field;
  /** The object that lacks it; for a missing `type`, the alternatives. */
  readonly parent: ObjectModel | UnionModel;
  readonly siblings: ConfigObject;
  /**
   * The reason why the key may not be missing. `path`: a template beside a section around the object, or another file of the
   * launch, may set it by its path; `release`: another release may not require it.
   */
  readonly unless: 'path' | 'release' | undefined;
}

export interface WrongValue extends FailureBase {
  /** `crash`: the reader throws, and Canton ends with a stack trace instead of a report. */
  readonly kind: 'wrong-type' | 'invalid-value' | 'crash';
  readonly value: ConfigValue;
  readonly model: FieldModel;
  /** The enumeration that the value is not in. */
  readonly choice?: EnumModel;
}

/** A value that is wrong where it counts. */
export interface DoubtfulValue {
  readonly failure: WrongValue;
  /** The unknown part that may replace the value; undefined for a word that may be known elsewhere. */
  readonly because: Unknown | undefined;
}

export function isWrongValue(kind: WrongValue['kind']): (failure: Failure) => failure is WrongValue {
  return (failure): failure is WrongValue => failure.kind === kind;
}

export interface BadName extends FailureBase {
  readonly kind: 'node-name';
  readonly name: string;
}
