using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.Mail;

public sealed class OnFormSubmissionConfirmationAskedTests
{
    [Fact]
    public async Task Who_is_to_confirm_what_was_sent_by_a_form_gets_a_mail_with_the_link()
    {
        var crm = await TestCrm.Tenant();
        var email = $"ada@{crm.Id}.example";

        await crm.Tell("leads.formSubmission.confirmationAsked", Guid.CreateVersion7(), 2,
            $$"""{ "email": "{{email}}", "title": "Write to us", "link": "https://crm.example/forms/abc/confirm?token=xyz" }""");

        var mail = await crm.Mail(email, "Please confirm: Write to us");
        Assert.Equal("/forms/abc/confirm?token=xyz", mail.Link());
    }
}
