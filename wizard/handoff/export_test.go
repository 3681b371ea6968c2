package handoff

// PlanPieces plans given pieces, so that formats are tested apart from what
// integrations make.
var PlanPieces = planPieces
