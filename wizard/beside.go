package wizard

// Beside are the settings that another service has in common with a connection
// in whose bucket it is put in front of the media (M10): where they are.
func Beside(s Settings, integration string) map[string]string {
	in, ok := IntegrationByID(integration)
	values := map[string]string{}
	for _, key := range []string{"bucket", "region", "prefix"} {
		if v := Get(s, key); ok && in.uses(key) && v != "" {
			values[key] = v
		}
	}
	return values
}

// maxName is how long a connection's name may be.
const maxName = 63

// NameBeside is the name of a service's connection beside that of another.
func NameBeside(name, integration string) string {
	end := "-" + integration
	if len(name)+len(end) > maxName {
		name = name[:maxName-len(end)]
	}
	return name + end
}
