from django_prose_editor.widgets import ProseEditorWidget

from network.core.editor import EXTENSIONS, from_plain_text, to_plain_text


class WordsWidget(ProseEditorWidget):
    """The editor where scripts run, and a plain text area elsewhere: nobody is shown HTML source.

    The text area holds plain words; the HTML waits in an attribute, from which the script fills the
    editor, saying so in a field of its own (`<name>_format`).
    """

    template_name = "conversation/words_widget.html"

    def __init__(self, attrs=None):
        super().__init__(attrs, config={"extensions": EXTENSIONS}, preset="words")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        html = value or ""
        context["widget"]["value"] = to_plain_text(html, separator="\n\n")
        context["widget"]["html"] = html
        return context

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value if value is None or data.get(f"{name}_format") == "html" else from_plain_text(value)
