import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='letter',
            name='core_letter_state',
        ),
        migrations.AddField(
            model_name='letter',
            name='digest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gathered', to='core.letter'),
        ),
        migrations.AddField(
            model_name='letter',
            name='link',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name='letter',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('failed', 'not sent'), ('held', 'waiting for the daily letter'), ('gathered', 'in a daily letter'), ('muted', 'not wanted')], default='waiting', max_length=10, verbose_name='State'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'failed', 'held', 'gathered', 'muted'])), name='core_letter_state'),
        ),
    ]
