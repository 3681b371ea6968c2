package mediatest

import "testing"

func TestSandbox(t *testing.T)      { Suite(t, Sandbox(t)) }
func TestSandboxAsAWS(t *testing.T) { Suite(t, SandboxAsAWS(t)) }
func TestEndpoint(t *testing.T)     { Suite(t, FromEnvironment(t)) }
