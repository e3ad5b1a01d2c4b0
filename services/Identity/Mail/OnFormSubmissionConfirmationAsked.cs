using CrmPlatform.Contracts.Leads;
using CrmPlatform.Journal.Intake;
using MassTransit;

namespace CrmPlatform.Identity.Mail;

/// <summary>Somebody has sent a form and is to confirm that it was them: a mail asks them to.</summary>
public sealed class OnFormSubmissionConfirmationAsked(Letters letters) : IConsumer<FormSubmissionConfirmationAsked>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<FormSubmissionConfirmationAsked> context)
    {
        var asked = context.Message;
        return letters.Post(context.Session(), new Letter(
            "confirmation", asked.Email, $"Please confirm: {asked.Title}", "Somebody has sent us a form with this e-mail address. Was it you?")
        {
            Action = ("Yes, it was me", asked.Link),
            Below = ["If it was not you, do nothing: we will not write again."],
        }).AsTask();
    }
}
