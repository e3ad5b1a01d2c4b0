using System.Net;
using System.Text;

namespace CrmPlatform.Identity.Mail;

/// <summary>A mail: what it says, and what its reader can do. As text, and as a page in a form every mail program shows.</summary>
/// <param name="Kind">What it is about, for counting: <c>invitation</c>.</param>
/// <param name="To">Whose mail it is.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Says">Its paragraphs.</param>
public sealed record Letter(string Kind, string To, string Subject, params string[] Says)
{
    /// <summary>What the reader can do: a few words and an address.</summary>
    public (string Words, string Address)? Action { get; init; }

    /// <summary>What is said below it.</summary>
    public string[] Below { get; init; } = [];

    /// <summary>The mail as text.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            foreach (var paragraph in Says)
                text.Append(paragraph).Append("\n\n");
            if (Action is { } action)
                text.Append($"{action.Words}:\n{action.Address}\n\n");
            foreach (var paragraph in Below)
                text.Append(paragraph).Append("\n\n");
            return text.ToString().TrimEnd() + "\n";
        }
    }

    /// <summary>The mail as a page.</summary>
    public string Html
    {
        get
        {
            var html = new StringBuilder(
                $"""
                <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
                <title>{Encode(Subject)}</title></head>
                <body style="margin:0;padding:32px 16px;font:16px/1.55 system-ui,'Segoe UI',Roboto,Arial,sans-serif">
                <div style="max-width:34rem;margin:0 auto"><p style="font-weight:650;margin:0 0 24px">CrmPlatform</p>
                <h1 style="font-size:22px;line-height:1.3;margin:0 0 16px">{Encode(Subject)}</h1>
                """);
            foreach (var paragraph in Says)
                html.Append($"<p style=\"margin:0 0 16px\">{Encode(paragraph)}</p>\n");
            if (Action is { } action)
                html.Append(
                    $"""
                    <p style="margin:24px 0"><a href="{Encode(action.Address)}" style="{Button}">{Encode(action.Words)}</a></p>
                    <p style="margin:0 0 16px;font-size:14px;color:#6b7386;overflow-wrap:anywhere">Or open this address: {Encode(action.Address)}</p>

                    """);
            foreach (var paragraph in Below)
                html.Append($"<p style=\"margin:0 0 16px;font-size:14px;color:#6b7386\">{Encode(paragraph)}</p>\n");
            return html.Append("</div></body></html>\n").ToString();
        }
    }

    private const string Button =
        "display:inline-block;padding:12px 20px;border-radius:10px;background:#2549d8;color:#ffffff;font-weight:600;text-decoration:none";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
