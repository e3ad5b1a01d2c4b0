using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using CrmPlatform.Hosting;

namespace CrmPlatform.Identity.Mail;

/// <summary>A mail on its way, or in the folder of a development machine.</summary>
public sealed record Sent(Guid Id, DateTimeOffset At, string To, string Subject, string Text, string Html);

/// <summary>Where mail goes: to the SMTP server of <c>CRM_SMTP</c>, or into the folder of <c>CRM_MAIL</c>.</summary>
internal sealed class Outgoing(Settings settings, MailFolder folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool IsSet => settings.Smtp is not null || settings.Mail is not null;

    public async Task Send(Sent mail, CancellationToken stop)
    {
        if (settings.Smtp is { } server)
            await Send(mail, server, stop);
        else
            await folder.Put(mail, stop);
    }

    private async Task Send(Sent mail, Uri server, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var message = new MailMessage(settings.MailFrom, mail.To) { Subject = mail.Subject, SubjectEncoding = Encoding.UTF8 };
        message.Headers.Add("Message-ID", $"<{mail.Id}@{message.From!.Host}>"); // the same however often it is sent
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        using var client = new SmtpClient(server.Host, server.Port > 0 ? server.Port : 25) { EnableSsl = server.Scheme == "smtps" };
        if (server.UserInfo.Split(':', 2) is [var user, var password])
            client.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException("The mail server has not answered in time.");
        }
    }
}
