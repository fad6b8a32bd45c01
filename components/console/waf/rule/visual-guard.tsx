"use client";
import { Component, type ReactNode } from "react";
import Alert from "@cloudscape-design/components/alert";

/**
 * JSON by hand can put anything anywhere in a rule: what the fields cannot draw is said, and they try again with the next
 * change of the text.
 */
export class VisualGuard extends Component<{ of: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: { of: string }): void {
    if (this.state.failed && before.of !== this.props.of) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Alert type="info" header="The visual editor cannot show this rule">
        A member has not the shape that the API takes. The JSON editor shows the rule and keeps it as it is.
      </Alert>
    );
  }
}
