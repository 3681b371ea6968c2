package text

// CallerWords say who the program runs as at AWS, and how that is changed.
type CallerWords struct {
	// in the header and on the first page of the wizard
	RunsAs      string
	Asking      string
	NeverKeys   string
	SwitchHint  string // {key}
	MendHint    string // {key}
	NoneShort   string // no credentials were found, in a few words
	RefusedHead string // AWS does not take them, in a few words
	HomeMend    string // {what} {key}
	Others      string // a test's verdict, as somebody else
	NextOthers  string // {name}
	KeyMend     string
	ExpiredHead string // they have expired, in a few words
	UnknownHead string // AWS could not be asked, in a few words

	// where the credentials come from
	FromProfile, FromProfileOnly        string // {profile} and {kind}; {profile}
	FromDefault                         string // {kind}
	FromEnvironment, FromContainer      string
	FromInstance, FromToken, FromChain  string
	KindKeys, KindSSO, KindLogin        string
	KindRole, KindProcess, KindToken    string
	KindUnknown                         string
	ShortSSO, ShortKeys, ShortRole      string
	ShortLogin, ShortProcess, ShortWeb  string
	ShortEnvironment, ShortHost         string
	NameAt, ProfileIs, ProfileIsUnknown string // {name} {account}; {name} {facts}; {name}

	// the picker
	PickTitle, PickNow, PickSearch      string
	PickNone, PickNoneHow, PickNoneEnv  string
	PickRead, PickNothing, PickReading  string // {key}; -; -
	PickChain, PickChainIs, PickBusy    string // -; -; {what}
	PickUse, PickReRead, InUse, MFA     string
	FactAccount, FactRole, FactRegion   string // {account}; {role}; {region}
	Comma                               string // between facts
	FactMFA                             string
	NowRunning, StillRunning, Switching string // {who}; {who}; -

	// no credentials, or such as AWS does not take
	NoneTitle, ExpiredTitle, RefusedTitle string
	UnknownTitle                          string
	OptSignIn                             string // {profile}
	OptSignInDefault                      string
	OptChoose, OptAgain, OptBack          string // -; -; {profile}
	OptBackDefault                        string
	NothingLost                           string
	AgainTitle, AgainBody                 string // {who}; -
	OptRepeat, OptNotNow                  string

	// signing in to IAM Identity Center
	SignTitle                             string
	SignStarting                          string
	SignOpen, SignCode, SignOther         string // -; -; {url}
	SignOtherCode                         string // {code}
	SignWaiting                           string // {time}
	SignCopy, SignPlain                   string
	SignAddress, SignPlainBack            string
	SignFailed, SignCancelled, SignedInAs string // -; -; {who}

	// the code of an MFA device
	TokenTitle, TokenBody, TokenLabel  string // -; {device}; -
	TokenShort, TokenUse, TokenDropped string
	TokenNone                          string
}
