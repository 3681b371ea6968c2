package s3

const maxParts = 10000

// upload is a multipart upload that is not finished.
type upload struct{}
