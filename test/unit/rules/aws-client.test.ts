import assert from 'node:assert/strict';
import { isNoHostLabel, isNoUri } from '../../../server/src/rules/aws-sdk';

describe('what the AWS SDK refuses', () => {
  it('of regions is what cannot be in the name of a host', () => {
    for (const region of ['us_east_1', 'us-east-1 ', 'a..b', '-a', 'a-', '.', 'a:b', '@', '?', 'a.']) {
      assert.equal(isNoHostLabel(region), true, region);
    }
    for (const region of ['us-east-1', 'US-EAST-1', 'x', 'eu-central-1', 'a.b', '1']) {
      assert.equal(isNoHostLabel(region), false, region);
    }
  });

  it('of endpoints is what is no URI with a scheme', () => {
    for (const endpoint of ['/kms', 'https://', 'https://[::1', 'https://a/%zz', 'https://a b', 'kms']) {
      assert.equal(isNoUri(endpoint), true, endpoint);
    }
    for (const endpoint of ['https://kms.example:4566', 'localhost:4566', 'https://[::1]:4566', 'https://a/%20']) {
      assert.equal(isNoUri(endpoint), false, endpoint);
    }
  });
});
