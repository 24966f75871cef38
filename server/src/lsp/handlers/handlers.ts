import { answering, type Serving } from './answer';
import { serveAssistance } from './assistance';
import { serveEditing } from './editing';
import { serveNavigation } from './navigation';
import { serveOwnRequests } from './own-requests';
import { serveProcedures } from './procedures';

/** Connects the requests of the protocol, and ours, to the service. */
export function registerHandlers(parts: Omit<Serving, 'answer'>): void {
  const serving = { ...parts, answer: answering(parts) };
  serveAssistance(serving);
  serveNavigation(serving);
  serveEditing(serving);
  serveOwnRequests(serving);
  serveProcedures(serving);
}
