#!/bin/sh
# Records what Lightbend config makes of every input, in recorded/*.json. Needs a JDK 17 and Maven.
set -eu
cd "$(dirname "$0")"
mvn -q -B -f oracle/pom.xml compile dependency:build-classpath -Dmdep.outputFile=target/classpath
exec npx tsx record.ts
