package text

// SetupWords belong to the wizard's steps.
type SetupWords struct {
	TitleNew, TitleEdit string // {name}
	Progress            string // {n} {of}
	Optional, Nothing   string
	Example             string // {value}
	Search              string
	MoreBelow           string // {n}
	On, Off             string
	Use                 string // {value}
	LockAsking          string
	LockUnknown         string
	LockedBy            string // {n}
	MediaAt             string
	NeedsBucket         string
	AllDocuments        string
	StillNeeds          string // {fields}
	DraftKept           string // {name}
	DraftNotKept        string // {reason}
	SavedSince          string // {name}
	ChangedMeanwhile    string // {name}
	GoneMeanwhile       string // {name}
	OwnAccount          string // {account}
	AlsoOwnAccount      string // {account}
	AccountUnknown      string
	AlsoFilled          string // {fields}
	Saved               string // {name}
	Saving              string
}

// AboutWords say what the microCMS feature is, before anything is entered
// (M1 to M12).
type AboutWords struct {
	Title, What, Enable, NeedsAWS string
}

// ReviewWords belong to the last page before saving.
type ReviewWords struct {
	Answers, FinalShort         string // FinalShort: {fields}
	Name, Problems, Addresses   string
	ShownAs                     string // {url}
	Environment                 string // {name}
	EnvironmentLater            string // {name}
	GeneratedOnSave             string
	Changes, NoChanges          string
	Was, Now                    string
	ChangeLocked, ChangeRotated string
	Afterwards                  string
	AskMend                     string // {n}
	AskTest, TestFailed         string
	AskTestReading              string // where nothing is written
	TestReady, TestWarnings     string
	TestByOwner                 string
	TypeBucket                  string // {bucket}
	Saving                      string
	KeyMend, KeyTest, KeyName   string
	NameTitle, NameBody         string
	NameGrammar                 string
	NameTaken                   string // {name}
}

// DocumentWords are the titles of the generated documents.
type DocumentWords struct {
	All                                                     string
	Trust, Permissions, PermissionsTight, Bucket, KMS, CORS string
	Terraform, CloudFormation, Handoff, AWSCLI              string
	OfUser, OfRole, OfKey, OfFile                           string // {of}
}

// Piece is the title of a document by where it belongs, one of wizard.OnUser
// and so on; of names that, and is empty while it is not known.
func (d DocumentWords) Piece(on, of string) string {
	title, named := map[string]string{
		"user": d.OfUser, "role": d.OfRole, "key": d.OfKey, "file": d.OfFile, "bucket": d.Bucket, "cors": d.CORS,
	}[on]
	if !named {
		return of
	}
	return Fill(title, "of", of)
}

// Title is the title of a document by its id; an id that has none is its own.
func (d DocumentWords) Title(id string) string {
	switch id {
	case "trust":
		return d.Trust
	case "permissions":
		return d.Permissions
	case "permissions-tight":
		return d.PermissionsTight
	case "bucket":
		return d.Bucket
	case "kms":
		return d.KMS
	case "cors":
		return d.CORS
	case "terraform":
		return d.Terraform
	case "cloudformation":
		return d.CloudFormation
	case "handoff":
		return d.Handoff
	case "aws-cli":
		return d.AWSCLI
	}
	return id
}
