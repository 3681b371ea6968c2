//go:build !race

package awscheck

const underRace = false
