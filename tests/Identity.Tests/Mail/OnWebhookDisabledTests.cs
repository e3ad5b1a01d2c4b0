using CrmPlatform.Identity.Tests.LogIn;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.Mail;

public sealed class OnWebhookDisabledTests
{
    [Fact]
    public async Task Who_owns_a_webhook_that_takes_nothing_any_more_gets_a_mail_and_the_administrators_where_nobody_does()
    {
        var crm = await TestCrm.Tenant();
        var (ada, grace, gone) = (await crm.Person(roles: "sales"), await crm.Person(roles: "administrator"), await crm.Person(roles: "administrator"));
        (await crm.Service("identity").Post($"/users/{gone.Id}/deactivate", new { })).Expect(200);

        await crm.Tell("integrations.webhook.disabled", Guid.CreateVersion7(), 4,
            $$"""{ "because": "failing", "status": 500, "name": "Billing", "ownerId": "{{ada.Id}}" }""");
        var mail = await crm.Mail(ada.Email, "“Billing” is disabled");
        Assert.Contains("answered 500 last", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Empty(crm.Mails(grace.Email));

        await crm.Tell("integrations.webhook.disabled", Guid.CreateVersion7(), 4,
            $$"""{ "because": "gone", "status": 410, "name": "Shipping", "ownerId": "{{gone.Id}}" }""");
        await crm.Mail(grace.Email, "“Shipping” is disabled");
        await crm.Tell("integrations.webhook.disabled", Guid.CreateVersion7(), 4, """{ "because": "gone" }"""); // as a version before told it
        await crm.Mail(grace.Email, "A webhook is disabled");
        Assert.Empty(crm.Mails(gone.Email));
        Assert.Single(crm.Mails(ada.Email));
    }
}
