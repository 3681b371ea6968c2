//go:build race

package tui_test

const underRace = true
