/** An S3-compatible store for attachments. */
export interface S3Config {
  /** Absent: Amazon's own. */
  endpoint?: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  forcePathStyle: boolean
}
