using System.Text.Json;
using CrmPlatform.Hosting.Secrets;
using CrmPlatform.Identity.Secrets;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Mail;

/// <summary>
/// Mail is written with the change it tells of, in the same transaction: no invitation without its mail, and no mail of what did not happen. What it
/// says is sealed until it is sent, for it opens doors.
/// </summary>
public sealed class Letters(Sealed secrets)
{
    private const string Use = "mail";

    /// <summary>Puts a mail into the post, in the session of what it tells of.</summary>
    public ValueTask Post(Session session, Letter letter)
    {
        var id = Guid.CreateVersion7(session.Now);
        return session.Execute(
            """
            insert into mail (tenant, id, kind, recipient, subject, body, made_at, next_at)
            values (@tenant, @id, @kind, @to, @subject, @body, @now, @now)
            """,
            new
            {
                id,
                kind = letter.Kind,
                to = letter.To,
                subject = letter.Subject,
                body = secrets.Seal(JsonSerializer.SerializeToUtf8Bytes(new Body(letter.Text, letter.Html)), Use, id.ToString()),
                now = session.Now,
            });
    }

    internal Body Open(Guid id, byte[] body) => JsonSerializer.Deserialize<Body>(secrets.Open(body, Use, id.ToString()))!;

    /// <summary>What a mail says, twice.</summary>
    internal sealed record Body(string Text, string Html);
}
