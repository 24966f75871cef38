import { liveness } from '../console/lines';
import { type Facts, is2x } from '../facts';
import type { Step } from '../plan';
import { noReturn, step } from '../steps';

/**
 * How a node gets onto a synchronizer or domain, after which its keys are known to others. Source: `ConsoleMacros.scala`
 * 3.3 to main; `external_key_storage_aws.rst` 2.10.4.
 */
export function join(facts: Facts): Step {
  const place = is2x(facts) ? 'domain' : 'synchronizer';
  if (facts.kind === 'participant' || facts.kind === 'domain') {
    const text =
      facts.kind === 'domain'
        ? 'Participants may connect now. From here on others know the keys.'
        : `Connect to the ${place} as usual, then check that transactions go through. From here on others know the keys.`;
    return noReturn(step('console', `Connect to the ${place}`, text, liveness(facts)));
  }
  return noReturn(step('console', 'Onboard the node', onboardText(facts), onboardLines(facts)));
}

function onboardText(facts: Facts): string {
  const others = 'From here on others know the keys.';
  if (is2x(facts)) return `The domain manager bootstraps the domain with all its nodes. ${others}`;
  return `The first line is for a new synchronizer, whose parameters have to fit the KMS; the second is for one that exists. ${others}`;
}

function onboardLines(facts: Facts): string[] {
  const { ref, kind } = facts;
  const status = `${ref}.health.status`;
  if (is2x(facts)) {
    const manager = kind === 'domain manager' ? ref : '<domain manager>';
    const sequencer = kind === 'sequencer' ? ref : '<sequencer>';
    const mediator = kind === 'mediator' ? ref : '<mediator>';
    return [`${manager}.setup.bootstrap_domain(Seq(${sequencer}), Seq(${mediator}))`, status];
  }
  const [sequencer, mediator] = kind === 'sequencer' ? [ref, '<mediator>'] : ['<sequencer>', ref];
  const bootstrap = `bootstrap.synchronizer("<name>", sequencers = Seq(${sequencer}), mediators = Seq(${mediator}), synchronizerOwners = Seq(<owner>), synchronizerThreshold = PositiveInt.one, staticSynchronizerParameters = StaticSynchronizerParameters.defaults(${ref}.config.crypto, ProtocolVersion.latest))`;
  const assign =
    kind === 'sequencer'
      ? `${ref}.setup.assign_from_onboarding_state(<onboarding state>)`
      : `${ref}.setup.assign(<synchronizer id>, <sequencer connections>)`;
  return [bootstrap, assign, `${ref}.health.wait_for_initialized()`, status];
}

export function record(facts: Facts): Step {
  const fields = is2x(facts) ? 'k.name, k.id.unwrap, k.purpose' : 'k.name, k.id.unwrap, k.kmsKeyId, k.purpose';
  const ids = is2x(facts) ? ' 2.x does not tell the ids of the keys in the KMS: add them.' : '';
  return step(
    'backup',
    'Keep the table of keys',
    `Store this table outside of the database, with the usage of each key: after a restore the keys are registered again with it.${ids}`,
    [`${facts.ref}.keys.secret.list().map(k => (${fields}))`],
  );
}

export function startOver(facts: Facts, back: readonly Step[]): Step[] {
  const text = `Before the node is connected or onboarded: stop ${facts.target.name}, empty its database, and delete the new keys with the tools of the provider. Afterwards there is no way back in place; see \`change-provider\`.`;
  return [step('external', 'Start over', text), ...back];
}
