# docker build -t canton-kms . && docker run --rm -v "$PWD:/work" canton-kms check
FROM node:22-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN node esbuild.js --production && npx tsx scripts/npm-package.ts

FROM node:22-alpine
COPY --from=build /build/dist/npm /opt/canton-kms
# Whoever runs it may have any user ID; files that are fixed keep their owner.
USER node
WORKDIR /work
ENTRYPOINT ["node", "/opt/canton-kms/cli.js"]
CMD ["check", "."]
