import { type HoconObject, type HoconValue, isObject, Raw, scalarText } from '../../edits/hocon-text';

/** What the examples of Splice add beside `kms`, by provider (`splice-…-kms-participant-{aws,gcp}-values.mdx`). */
const CREDENTIALS: Readonly<Record<string, string>> = {
  aws: `additionalEnvVars:
  - name: AWS_ACCESS_KEY_ID
    valueFrom:
      secretKeyRef:
        name: aws-credentials
        key: accessKeyId
  - name: AWS_SECRET_ACCESS_KEY
    valueFrom:
      secretKeyRef:
        name: aws-credentials
        key: secretAccessKey`,
  gcp: `additionalEnvVars:
  - name: GOOGLE_APPLICATION_CREDENTIALS
    value: "/app/gcp-credentials.json"
extraVolumeMounts:
  - name: gcp-credentials
    mountPath: /app/gcp-credentials.json
    subPath: googleCredentials
extraVolumes:
  - name: gcp-credentials
    secret:
      secretName: gke-credentials`,
};

/** The `kms` section as the chart takes it: YAML with keys in camelCase. */
export function helmValues(provider: string, { kms }: HoconObject): string {
  const section = kms !== undefined && isObject(kms) ? lines(kms, '  ') : [];
  const credentials = CREDENTIALS[provider];
  return ['kms:', ...section, ...(credentials === undefined ? [] : [credentials])].join('\n');
}

function lines(object: HoconObject, indent: string): string[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const name = key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    if (!isObject(value)) return [`${indent}${name}: ${scalar(value)}`];
    const inner = lines(value, `${indent}  `);
    return inner.length === 0 ? [`${indent}${name}: {}`] : [`${indent}${name}:`, ...inner];
  });
}

/** A variable of the environment means nothing to Helm. */
function scalar(value: Exclude<HoconValue, HoconObject>): string {
  if (value instanceof Raw)
    return /^[\w.-]+$/.test(value.text) ? value.text : JSON.stringify(`<as YAML: ${value.text}>`);
  if (typeof value !== 'string') return scalarText(value, true);
  const variable = /^\$\{\??(.+)\}$/.exec(value)?.[1];
  if (variable !== undefined) return `"<${variable}>"`;
  return /^[A-Za-z][\w./-]*$/.test(value) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
