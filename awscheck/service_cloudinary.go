package awscheck

// cloudinaryChecks are the rows that Cloudinary's connections have beside the common ones.
func cloudinaryChecks() []Check { return nil }
