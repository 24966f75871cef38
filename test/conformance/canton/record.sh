#!/bin/sh
# Records what the libraries make of every configuration of the matrix. Needs a JDK (17), Maven and the npm packages.
set -eu
cd "$(dirname "$0")"
(cd oracle && mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=target/classpath)
npx tsx record.ts requests > oracle/target/requests.jsonl
java -cp "oracle/target/classes:$(cat oracle/target/classpath)" oracle.Main \
  < oracle/target/requests.jsonl > oracle/target/answers.jsonl
npx tsx record.ts collect < oracle/target/answers.jsonl
