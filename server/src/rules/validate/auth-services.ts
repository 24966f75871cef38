import { type Bound, booleanAt, boundAt, textAt, valueAt } from '../../model/binding/bound';
import { nameOf, report, validatedNodes, valueLocation } from '../report';
import type { Rule } from '../rule';

export const authServices: Rule = {
  code: 'validate/auth-services',
  severity: 'error',
  scope: 'node',
  title: 'Contradictory authorization services',
  docs: `Canton refuses an authorization service that is \`privileged\` and lists \`users\`, and two services of one API with the same
\`target-audience\` or \`target-scope\`.

Canton: \`Multiple authorization service configured with the same audience in p1\``,
  source: 'config/ConfigValidations.scala 3.5, main; config/CommunityConfigValidations.scala 3.3, 3.4',
  examples: {
    bad: {
      text: `canton.participants.p1 {
  admin-api.port = 5012
  ledger-api.auth-services = [
    { type = jwt-jwks, url = "https://a.example/keys", target-audience = p1 }
    { type = jwt-jwks, url = "https://b.example/keys", target-audience = p1 }
  ]
}`,
    },
    good: {
      text: `canton.participants.p1 {
  admin-api.port = 5012
  ledger-api.auth-services = [
    { type = jwt-jwks, url = "https://a.example/keys", target-audience = p1 }
    { type = jwt-jwks, url = "https://b.example/keys", target-audience = p1-admin }
  ]
}`,
    },
  },
  check(context) {
    return validatedNodes(context)
      .filter(({ kind }) => kind === 'participants')
      .flatMap((node) =>
        ['admin-api', 'ledger-api'].flatMap((api) => {
          const list = boundAt(node.bound, api, 'auth-services');
          if (list?.value.kind !== 'list') return [];
          const { elements } = list.value;
          const faults = [
            ...elements.filter(isContradictory).map((one) => ({
              path: one.path,
              message: `An authorization service of '${api}' of ${nameOf(node)} sets both 'privileged' and 'users'. Remove one of them.`,
            })),
            ...(['target-audience', 'target-scope'] as const).flatMap((key) => {
              const again = secondWithSame(elements, key);
              const message = `Two authorization services of '${api}' of ${nameOf(node)} have the same '${key}'.`;
              return again === undefined ? [] : { path: [...again.path, key], message };
            }),
          ];
          return faults.map((fault) => report(authServices, { ...fault, location: valueLocation(node, list) }));
        }),
      );
  },
};

function isContradictory(service: Bound): boolean {
  const users = valueAt(service, 'users');
  return booleanAt(service, 'privileged') === true && users?.kind === 'list' && users.elements.length > 0;
}

function secondWithSame(services: readonly Bound[], key: string): Bound | undefined {
  const seen = new Set<string>();
  return services.find((service) => {
    const text = textAt(service, key);
    if (typeof text !== 'string') return false;
    const isAgain = seen.has(text);
    seen.add(text);
    return isAgain;
  });
}
