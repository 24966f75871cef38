#!/bin/sh
# Records what Lightbend config makes of every input, in recorded/*.json. Needs a JDK 17 and Maven.
#
#   record.sh                          records
#   record.sh --compare [SEED [COUNT]] records nothing: compares it with our engine on inputs that nobody has recorded
set -eu
cd "$(dirname "$0")"
mvn -q -B -f oracle/pom.xml compile dependency:build-classpath -Dmdep.outputFile=target/classpath
[ "${1-}" = --compare ] || exec npx tsx record.ts
shift
exec npx tsx fresh.ts "$@"
