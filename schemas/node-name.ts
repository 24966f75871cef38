/** Canton refuses longer names and other characters (`CantonRequireTypes.scala`, main). */
export function checkNodeName(name: string): string | undefined {
  if (name === '') return 'Empty node name.';
  if (!/^[a-zA-Z0-9_-]*$/.test(name)) {
    return `Node name contains invalid characters (allowed: [a-zA-Z0-9_-]): "${name}"`;
  }
  if (name.length <= 30) return undefined;
  return `Node name is too long. Max length: 30. Length: ${name.length}. Name: "${name}"`;
}

/** For a map whose keys Canton does not check. */
export function checkAnyName(): undefined {
  return undefined;
}
