import { jsonText } from '../../text/encoders/json';
import { type Reporter, summarize } from '../report';

/** The stable contract for scripts; `version` changes when its shape does. */
export const json: Reporter = (report) => {
  const { cantonVersion, edition, coverage, kinds, baselined } = report;
  const files = report.files.map(({ path, diagnostics }) => ({
    path,
    diagnostics: diagnostics.map(({ code, severity, message, range, configPath, launchSet }) => ({
      code,
      severity,
      message,
      range,
      configPath,
      launchSet,
    })),
  }));
  return `${jsonText({ version: 1, cantonVersion, edition, summary: summarize(report), baselined, coverage, kinds, files })}\n`;
};
