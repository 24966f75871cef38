/** One node of each kind and mode, with keys that all versions have. */
export const NETWORK = `_storage { type = postgres, config.properties.databaseName = x }
canton.participants {
  fresh {
    admin-api.port = 5001
    storage = \${_storage}
  }
  wrapped {
    storage = \${_storage}
    crypto {
      kms { type = aws, region = eu-central-1 }
      private-key-store.encryption {
        type = kms
        wrapper-key-id = alias/wrapped
      }
    }
  }
  reverted {
    storage = \${_storage}
    crypto {
      kms { type = aws, region = eu-central-1 }
      private-key-store.encryption { type = kms, reverted = true }
    }
  }
  outside {
    storage = \${_storage}
    crypto {
      provider = kms
      kms {
        type = gcp
        location-id = europe-west3
        project-id = ledger
        key-ring-id = ring
      }
    }
  }
  amazon {
    storage = \${_storage}
    crypto { provider = kms, kms { type = aws, region = eu-central-1 } }
  }
}
canton.sequencers {
  seq { storage = \${_storage} }
  seqkms { storage = \${_storage}, crypto { provider = kms, kms { type = aws, region = eu-central-1 } } }
}
canton.mediators {
  med { storage = \${_storage} }
}
`;

/** Nodes that 2.x alone has. */
export const DOMAINS = `canton {
  domains.dom { storage = \${_storage} }
  domains.domkms { storage = \${_storage}, crypto { provider = kms, kms { type = aws, region = eu-central-1 } } }
  domain-managers.dm { storage = \${_storage} }
}
`;

/** A domain manager whose keys are in a KMS. */
export const MANAGED = `canton.domain-managers.dmkms {
  storage = \${_storage}
  crypto { provider = kms, kms { type = aws, region = eu-central-1 } }
}
`;
