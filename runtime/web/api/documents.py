"""How does a program have a document made of a record?"""

from __future__ import annotations

from flask import Response

from engine.app import Form
from engine.outcomes import Denied, Missing
from runtime.use_cases.documents.ask_document import ask_document
from runtime.use_cases.own_jobs import own_job
from runtime.web.api.answers import answer, missing, refused
from runtime.web.api.caller import Caller
from runtime.web.api.exports import ACCEPTED, job_data
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes


def add_documents(routes: Routes) -> None:
    """Add the address of documents; what is made is fetched as the file of the job."""
    routes.add_for_form("POST", f"{ROOT}/records/<id>/documents/<document>", make_document)


def make_document(caller: Caller, form: Form, id: str, document: str) -> Response:
    """Leave a document to be made, and answer where to look for it."""
    outcome = ask_document(caller.services, caller.act, form, id, document)
    if isinstance(outcome, Missing):
        return missing(caller.say)
    if isinstance(outcome, Denied):
        return refused(form, outcome, caller.say)
    job = own_job(caller.services, caller.act, outcome.job)
    if isinstance(job, Missing):
        return missing(caller.say)
    body = job_data(caller.services, caller, job)
    return answer(body, ACCEPTED, Location=f"/api/v1/jobs/{job.id}")
