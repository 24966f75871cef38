export const PROJECT_FILE_NAME = 'canton-kms.json';
