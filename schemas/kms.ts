import * as z from 'zod';
import { awsKms } from './kms-aws';
import { driverKms } from './kms-driver';
import { gcpKms } from './kms-gcp';

/** The connection to the KMS, Canton 3.x: exactly the keys of the chosen `type`. */
export const kms = z.discriminatedUnion('type', [awsKms, gcpKms, driverKms]);
