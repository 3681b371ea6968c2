package awscheck

// reportNotes are notes that Join makes.
var reportNotes = []string{
	"joined-passed-elsewhere time account",
	"joined-other-caller time account",
}
