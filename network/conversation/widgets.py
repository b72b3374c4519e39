import json

from django import forms
from js_asset import Script

from network.core.editor import clean_html, editor_configuration, from_plain_text, to_plain_text


class WordsWidget(forms.Textarea):
    """The editor where scripts run, and a plain text area elsewhere: nobody is shown HTML source.

    The text area holds plain words; the HTML waits in an attribute, from which the script fills the
    editor, saying so in a field of its own (`<name>_format`).
    """

    template_name = "conversation/words_widget.html"

    class Media:
        js = [Script("js/words.js", type="module")]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        html = clean_html(value)
        context["widget"] |= {
            "value": to_plain_text(html, separator="\n\n"),
            "html": html,
            "extensions": json.dumps(editor_configuration()),
        }
        return context

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value if value is None or data.get(f"{name}_format") == "html" else from_plain_text(value)

    def use_required_attribute(self, initial):
        """The browser can't say what is missing in a text area that the editor has put out of sight."""
        return False
