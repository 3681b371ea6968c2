package text

// keyEN: access keys in the operating system's keyring.
var keyEN = map[string]string{
	"cmd.bad_key_name":   "“{name}” is no name for a key: use letters, digits, dots, hyphens and underscores, at most 63.",
	"cmd.bad_key":        "That is no access key. It has two parts: an ID that begins with AKIA, and its secret. From a pipe they are two lines.",
	"cmd.key_of_session": "An ID that begins with ASIA is a session's, which ends. imgix needs the long-lived key of an IAM user.",
	"cmd.key_ask_id":     "Access key ID: ",
	"cmd.key_ask_secret": "Secret access key (not shown): ",
	"cmd.key_unread":     "The secret could not be read from the terminal: {detail}",
	"cmd.key_kept":       "Kept in the operating system's keyring. Use it with --access-key-profile {profile}",
	"cmd.key_is":         "{profile}: {id}",
	"cmd.key_removed":    "Removed {profile} from the keyring. The key itself still works until you delete it in IAM.",
	"cmd.no_such_key":    "The keyring has no key {name}. Keep it there with: mediadock key add {name}",
	"cmd.keyring_locked": "The operating system's keyring is locked, and could not be unlocked from here ({detail}). Unlock it by logging in to the desktop, and try again. On a server put the key into an AWS profile instead, with aws configure, and name that profile.",
	"cmd.keyring_silent": "The operating system's keyring did not answer within a minute. It may be asking you, in a window of its own, to unlock it or to let mediadock in: answer there and try again. Where nobody can answer, as on a server, put the key into an AWS profile instead, with aws configure, and name that profile.",
	"cmd.no_keyring":     "The operating system's keyring cannot be used here: {detail}. Put the key into an AWS profile instead, with aws configure, and name that profile.",

	"help.key.short": "Keep access keys in the operating system's keyring",
	"help.key.long":  "Keep the access key that a service such as imgix holds in the operating system's keyring, in place of an AWS profile. Settings name it as keyring:NAME. No file of mediadock holds a secret.",
	"help.key.example": `mediadock key add imgix
mediadock setup --integration imgix --access-key-profile keyring:imgix`,
	"help.key.add.short":    "Keep a key",
	"help.key.add.long":     "Ask for the access key ID and its secret, which is not shown, and keep both under NAME. From a pipe they are two lines. A key of that name is replaced.",
	"help.key.add.example":  `mediadock key add imgix`,
	"help.key.show.short":   "Show the ID of a key",
	"help.key.show.long":    "Show the access key ID of a key. The secret is never shown.",
	"help.key.show.example": `mediadock key show imgix`,
	"help.key.rm.short":     "Remove a key",
	"help.key.rm.long":      "Remove a key from the keyring. At AWS and at the service it stays what it is.",
	"help.key.rm.example":   `mediadock key rm imgix`,
}
