package media

import "time"

// Names and fixed values of the user metadata that the microCMS integration
// attaches (M22 to M26), without the x-amz-meta- in front.
const (
	MetaSource  = "upload-source"
	MetaService = "microcms-service"
	MetaVersion = "microcms-version"
	MetaStatus  = "microcms-status"

	stampLayout = "20060102150405" // in UTC (D16)
)

// Stamp returns the function that makes a new object's user metadata: the
// four documented entries for the integration "microcms", nil for any other
// (D16). Each call is a new version.
func Stamp(integration, serviceID string, now func() time.Time) func() map[string]string {
	if integration != "microcms" {
		return nil
	}
	return func() map[string]string {
		m := map[string]string{
			MetaSource:  "microcms",
			MetaVersion: now().UTC().Format(stampLayout),
			MetaStatus:  "public",
		}
		if serviceID != "" {
			m[MetaService] = serviceID
		}
		return m
	}
}
