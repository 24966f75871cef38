/**
 * The checks of a KMS driver that are possible from outside: whether its jar is on the class path and has the service
 * file through which Canton finds it (`kms_driver_guide.rst` main; `bin/canton` 3.5). Only the driver knows everything
 * else.
 */
export const DRIVER_LIBRARY = String.raw`
service=META-INF/services/com.digitalasset.canton.crypto.kms.driver.api.v1.KmsDriverFactory

names_in() {
  if command -v unzip >/dev/null 2>&1; then
    unzip -l "$1" 2>/dev/null
  elif command -v jar >/dev/null 2>&1; then
    jar tf "$1" 2>/dev/null
  else
    return 2
  fi
}

look_at_class_path() {
  subject='class path'
  path=$(printenv EXTRA_CLASSPATH || true)
  if [ -z "$path" ]; then
    skip 'a jar has the driver' 'EXTRA_CLASSPATH is not set in this shell'
    return
  fi
  echo "$path" | tr ':' '\n' >"$work/path"
  outcome=missing
  while IFS= read -r entry; do
    [ -n "$entry" ] || continue
    if [ ! -e "$entry" ]; then
      fail "$entry exists" ''
      continue
    fi
    names_in "$entry" >"$work/names"
    case $? in
      2) outcome=unknown ;;
      *) if grep -q "$service" "$work/names"; then
          pass "$entry has a KMS driver" ''
          outcome=found
        fi ;;
    esac
  done <"$work/path"
  case $outcome in
    missing) fail 'a jar has the driver' "none of EXTRA_CLASSPATH has $service" ;;
    unknown) skip 'a jar has the driver' 'this check requires unzip or jar' ;;
  esac
}

# only_driver WHAT...
only_driver() {
  subject="driver $place"
  for what in "$@"; do
    skip "$what" 'only the driver knows this'
  done
}
`;
